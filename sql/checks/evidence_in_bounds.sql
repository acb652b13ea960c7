-- Every other span lies inside its capture, in order, and is given whole: statements, outlets, agencies and dates; a speaker's, a source's and a cue's words come with their span.
-- asset: clean/articles
WITH spans AS (
    SELECT 'statement' AS what, capture_id, part.start AS span_start, part."end" AS span_end
    FROM (SELECT capture_id, unnest(content_spans) AS part FROM facts.quotes)
    UNION ALL
    SELECT 'part of a statement', capture_id, part.start, part."end"
    FROM (SELECT capture_id, unnest(statement_spans) AS part FROM facts.attributions)
    UNION ALL
    SELECT 'whole statement', capture_id, statement_start, statement_end FROM facts.attributions
    UNION ALL
    SELECT 'outlet', capture_id, outlet_evidence.span_start, outlet_evidence.span_end FROM clean.articles
    UNION ALL
    SELECT 'agency', capture_id, part.span_start, part.span_end
    FROM (SELECT capture_id, unnest(agency_evidence) AS part FROM clean.articles)
    UNION ALL
    SELECT 'date', capture_id, part.span_start, part.span_end
    FROM (SELECT capture_id, unnest(published_candidates) AS part FROM clean.articles)
    UNION ALL
    SELECT 'speaker', capture_id, speaker_start, speaker_end FROM facts.quotes
    UNION ALL
    SELECT 'cue', capture_id, cue_start, cue_end FROM facts.quotes
    UNION ALL
    SELECT 'source', capture_id, source_start, source_end FROM facts.attributions
    UNION ALL
    SELECT 'source''s cue', capture_id, cue_start, cue_end FROM facts.attributions
),
sizes AS (SELECT capture_id, length(text) AS size FROM raw.captures)
SELECT what, capture_id, span_start, span_end
FROM spans
LEFT JOIN sizes USING (capture_id)
WHERE (span_start IS NULL) <> (span_end IS NULL)
    OR span_start < 0 OR span_end <= span_start OR span_end > coalesce(size, 0)
UNION ALL
SELECT 'speaker without words', capture_id, speaker_start, speaker_end
FROM facts.quotes WHERE (speaker_text IS NULL) <> (speaker_start IS NULL)
UNION ALL
SELECT 'cue without words', capture_id, cue_start, cue_end
FROM facts.quotes WHERE (cue IS NULL) <> (cue_start IS NULL)
UNION ALL
SELECT 'source without words', capture_id, source_start, source_end
FROM facts.attributions WHERE (source_text IS NULL) <> (source_start IS NULL)
UNION ALL
SELECT 'source''s cue without words', capture_id, cue_start, cue_end
FROM facts.attributions WHERE (cue IS NULL) <> (cue_start IS NULL)
ORDER BY ALL
