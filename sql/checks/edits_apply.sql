-- The edits of a capture are in order, do not overlap, replace at least one character and end inside the text.
-- asset: clean/edits
SELECT edits.capture_id, edits.edit_no, edits.span_start, edits.span_end
FROM (
    SELECT *, coalesce(lag(span_end) OVER (PARTITION BY capture_id ORDER BY edit_no), 0) AS previous_end
    FROM clean.edits
) AS edits
LEFT JOIN raw.captures AS captures USING (capture_id)
WHERE edits.span_start < edits.previous_end
    OR edits.span_end <= edits.span_start
    OR edits.span_end > coalesce(length(captures.text), 0)
ORDER BY ALL
