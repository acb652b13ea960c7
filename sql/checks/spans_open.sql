-- Every fact's words are what its span opens to: the raw characters with the repairs inside the span, rebuilt here from raw.captures and clean.edits alone. Speakers, sources and cues included.
-- asset: facts/*
WITH
-- To open all spans of a store costs more than all other checks together. A capture whose spans were found to open is passed
-- over while its text, its edits and its facts are what they were then, whoever wrote them since.
due AS MATERIALIZED (SELECT capture_id FROM ops.seen ANTI JOIN ops.opened USING (capture_id, seen)),
claims AS (
    SELECT kind AS what, fact_id, capture_id, span_start, span_end, text AS claimed
    FROM facts.all_kinds SEMI JOIN due USING (capture_id)
    UNION ALL
    SELECT 'speaker', fact_id, capture_id, speaker_start, speaker_end, speaker_text
    FROM facts.quotes SEMI JOIN due USING (capture_id) WHERE speaker_text IS NOT NULL
    UNION ALL
    SELECT 'cue', fact_id, capture_id, cue_start, cue_end, cue
    FROM facts.quotes SEMI JOIN due USING (capture_id) WHERE cue IS NOT NULL
    UNION ALL
    SELECT 'source', fact_id, capture_id, source_start, source_end, source_text
    FROM facts.attributions SEMI JOIN due USING (capture_id) WHERE source_text IS NOT NULL
    UNION ALL
    SELECT 'source''s cue', fact_id, capture_id, cue_start, cue_end, cue
    FROM facts.attributions SEMI JOIN due USING (capture_id) WHERE cue IS NOT NULL
),
sizes AS (SELECT capture_id, length(text) AS size FROM raw.captures SEMI JOIN due USING (capture_id)),
-- Spans meet edits and long texts by the 250 code points that they stand in: linear, however many there are.
placed AS MATERIALIZED (
    SELECT claims.*, size, span_start >= 0 AND span_start < span_end AND span_end <= size AS inside
    FROM claims LEFT JOIN sizes USING (capture_id)
),
pieces AS MATERIALIZED (
    SELECT what, fact_id, capture_id, span_start, span_end, size,
        unnest(range(span_start // 250, (span_end - 1) // 250 + 1)) AS piece_no
    FROM placed
    WHERE inside AND (size > 20000 OR capture_id IN (SELECT capture_id FROM clean.edits))
),
repairs AS MATERIALIZED (
    SELECT
        pieces.what, pieces.fact_id, edits.span_start, edits.span_end, edits.replacement,
        coalesce(
            lag(edits.span_end) OVER (PARTITION BY pieces.what, pieces.fact_id ORDER BY edits.span_start), pieces.span_start
        ) AS plain_from
    FROM pieces
    JOIN clean.edits AS edits
        ON edits.capture_id = pieces.capture_id AND edits.span_start // 250 = pieces.piece_no
        AND edits.span_start >= pieces.span_start AND edits.span_end <= pieces.span_end
),
patches AS MATERIALIZED (
    SELECT what, fact_id, max(span_end) AS tail_from,
        list({'plain_from': plain_from, 'plain_to': span_start, 'replacement': replacement} ORDER BY span_start) AS patched
    FROM repairs
    GROUP BY what, fact_id
),
patched_claims AS MATERIALIZED (
    SELECT placed.*, coalesce(patched, []) AS patched, coalesce(tail_from, span_start) AS tail_from
    FROM placed LEFT JOIN patches USING (what, fact_id)
),
-- A short text is cut as it streams by; of a long one, the pieces around each span are put together first.
short_texts AS (
    SELECT claims.*, captures.text AS words, 0 AS origin
    FROM patched_claims AS claims JOIN raw.captures AS captures USING (capture_id)
    WHERE inside AND size <= 20000
),
long_pieces AS MATERIALIZED (
    SELECT capture_id, unnest(parts) AS piece, generate_subscripts(parts, 1) - 1 AS piece_no
    FROM (
        SELECT capture_id, regexp_extract_all(text, '(?s).{1,250}') AS parts
        FROM raw.captures SEMI JOIN (SELECT capture_id FROM sizes WHERE size > 20000) USING (capture_id)
    )
),
surroundings AS MATERIALIZED (
    SELECT what, fact_id, string_agg(piece, '' ORDER BY piece_no) AS words, min(piece_no) * 250 AS origin
    FROM pieces JOIN long_pieces USING (capture_id, piece_no)
    GROUP BY what, fact_id
),
long_texts AS (
    SELECT claims.*, words, origin
    FROM patched_claims AS claims JOIN surroundings USING (what, fact_id)
    WHERE inside AND size > 20000
),
opened AS (
    SELECT what, fact_id, capture_id, span_start, span_end, claimed,
        array_to_string(
            list_transform(
                patched,
                lambda patch: substring(words, patch.plain_from - origin + 1, patch.plain_to - patch.plain_from) || patch.replacement
            ), ''
        ) || substring(words, tail_from - origin + 1, span_end - tail_from) AS opened
    FROM (FROM short_texts UNION ALL BY NAME FROM long_texts)
)
SELECT * FROM opened WHERE opened IS DISTINCT FROM claimed
UNION ALL
SELECT what, fact_id, capture_id, span_start, span_end, claimed, NULL FROM placed WHERE inside IS NOT TRUE
ORDER BY ALL
