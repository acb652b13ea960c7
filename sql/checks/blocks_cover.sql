-- The blocks of a capture are in order, do not overlap, and leave no character uncovered but white space.
-- asset: clean/blocks
WITH sizes AS (SELECT capture_id, length(text) AS size FROM raw.captures),
edges AS (
    SELECT
        capture_id, span_start, span_end,
        coalesce(lag(span_end) OVER reading, 0) AS previous_end,
        lead(span_start) OVER reading IS NULL AS is_last
    FROM clean.blocks
    WINDOW reading AS (PARTITION BY capture_id ORDER BY block_no)
),
gaps AS MATERIALIZED (
    SELECT capture_id, previous_end AS gap_start, span_start AS gap_end, size FROM edges JOIN sizes USING (capture_id)
    UNION ALL
    SELECT capture_id, span_end, size, size FROM edges JOIN sizes USING (capture_id) WHERE is_last
    UNION ALL
    SELECT capture_id, 0, size, size
    FROM sizes SEMI JOIN clean.articles USING (capture_id) ANTI JOIN clean.blocks USING (capture_id)
),
-- A short text is cut as it streams by; a long one is cut into pieces once, and gaps meet the pieces that they stand in.
short_gaps AS (
    SELECT gaps.*, substring(captures.text, gap_start + 1, gap_end - gap_start) AS words
    FROM gaps JOIN raw.captures AS captures USING (capture_id)
    WHERE gap_end > gap_start AND size <= 20000
),
pieces AS MATERIALIZED (
    SELECT capture_id, unnest(parts) AS piece, generate_subscripts(parts, 1) - 1 AS piece_no
    FROM (
        SELECT capture_id, regexp_extract_all(text, '(?s).{1,250}') AS parts
        FROM raw.captures SEMI JOIN (SELECT capture_id FROM sizes WHERE size > 20000) USING (capture_id)
    )
),
long_gaps AS (
    SELECT
        gaps.*,
        substring(
            piece, greatest(gap_start - piece_no * 250, 0) + 1,
            least(gap_end - piece_no * 250, 250) - greatest(gap_start - piece_no * 250, 0)
        ) AS words
    FROM (
        SELECT *, unnest(range(gap_start // 250, (gap_end - 1) // 250 + 1)) AS piece_no
        FROM gaps WHERE gap_end > gap_start AND size > 20000
    ) AS gaps
    JOIN pieces USING (capture_id, piece_no)
)
SELECT capture_id, gap_start, gap_end, 'blocks overlap, are out of order or end behind the text' AS problem, NULL AS sample
FROM gaps WHERE gap_end < gap_start
UNION ALL
SELECT capture_id, gap_start, gap_end, 'characters in no block', left(words, 80)
FROM (FROM short_gaps UNION ALL BY NAME SELECT * EXCLUDE (piece_no) FROM long_gaps)
WHERE regexp_matches(words, '[^\s\x0b\x1c-\x1f\x{85}\pZ]')
ORDER BY ALL
