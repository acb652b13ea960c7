-- The blocks of a capture are in order, do not overlap, and leave no character uncovered but white space.
-- asset: clean/blocks
WITH edges AS (
    SELECT
        capture_id, span_start, span_end, block_no,
        coalesce(lag(span_end) OVER reading, 0) AS previous_end,
        lead(span_start) OVER reading IS NULL AS is_last
    FROM clean.blocks
    WINDOW reading AS (PARTITION BY capture_id ORDER BY block_no)
),
gaps AS (
    SELECT capture_id, previous_end AS gap_start, span_start AS gap_end FROM edges
    UNION ALL
    SELECT edges.capture_id, edges.span_end, length(captures.text)
    FROM edges JOIN raw.captures AS captures USING (capture_id)
    WHERE edges.is_last
    UNION ALL
    SELECT captures.capture_id, 0, length(captures.text)
    FROM raw.captures AS captures
    SEMI JOIN clean.articles USING (capture_id)
    ANTI JOIN clean.blocks USING (capture_id)
)
SELECT
    gaps.capture_id, gap_start, gap_end,
    CASE
        WHEN gap_end < gap_start THEN 'blocks overlap, are out of order or end behind the text'
        ELSE 'characters in no block'
    END AS problem,
    substring(captures.text, gap_start + 1, least(gap_end - gap_start, 80)) AS sample
FROM gaps
JOIN raw.captures AS captures USING (capture_id)
WHERE gap_end < gap_start
    OR regexp_matches(substring(captures.text, gap_start + 1, gap_end - gap_start), '[^\s\x0b\x1c-\x1f\x{85}\pZ]')
ORDER BY ALL
