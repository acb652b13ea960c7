-- Every fact's words are what its span opens to: the raw characters with the repairs inside the span, rebuilt here from raw.captures and clean.edits alone. Speakers and cues of quotes included.
-- asset: facts/*
WITH claims AS (
    SELECT kind AS what, fact_id, capture_id, span_start, span_end, text AS claimed FROM facts.all_kinds
    UNION ALL
    SELECT 'speaker', fact_id, capture_id, speaker_start, speaker_end, speaker_text FROM facts.quotes WHERE speaker_text IS NOT NULL
    UNION ALL
    SELECT 'cue', fact_id, capture_id, cue_start, cue_end, cue FROM facts.quotes WHERE cue IS NOT NULL
),
repairs AS MATERIALIZED (
    SELECT
        claims.what, claims.fact_id, claims.capture_id, edits.span_start, edits.span_end, edits.replacement,
        coalesce(
            lag(edits.span_end) OVER (PARTITION BY claims.what, claims.fact_id ORDER BY edits.span_start), claims.span_start
        ) AS plain_from
    FROM claims
    JOIN clean.edits AS edits
        ON edits.capture_id = claims.capture_id
        AND edits.span_start >= claims.span_start AND edits.span_end <= claims.span_end
),
heads AS MATERIALIZED (
    SELECT
        repairs.what, repairs.fact_id, max(repairs.span_end) AS tail_from,
        string_agg(
            substring(captures.text, plain_from + 1, repairs.span_start - plain_from) || repairs.replacement, ''
            ORDER BY repairs.span_start
        ) AS head
    FROM repairs
    JOIN raw.captures AS captures USING (capture_id)
    GROUP BY repairs.what, repairs.fact_id
),
-- Everything but the texts is put together first, so that no join holds a text for each fact.
headed AS MATERIALIZED (
    SELECT claims.*, coalesce(heads.head, '') AS head, coalesce(heads.tail_from, claims.span_start) AS tail_from
    FROM claims
    LEFT JOIN heads USING (what, fact_id)
)
SELECT
    what, fact_id, headed.capture_id, span_start, span_end, claimed,
    head || substring(captures.text, tail_from + 1, span_end - tail_from) AS opened
FROM headed
LEFT JOIN raw.captures AS captures USING (capture_id)
WHERE head || substring(captures.text, tail_from + 1, span_end - tail_from) IS DISTINCT FROM claimed
ORDER BY ALL
