-- Every row names a rule that ref.rules describes.
-- asset: ref/rules
WITH named AS (
    SELECT 'clean.blocks' AS source, rule_id FROM clean.blocks
    UNION
    SELECT 'clean.edits', rule_id FROM clean.edits
    UNION
    SELECT 'clean.articles', unnest(published_candidates).rule_id FROM clean.articles
    UNION
    SELECT 'clean.articles', unnest(agency_evidence).rule_id FROM clean.articles
    UNION
    SELECT 'clean.articles', outlet_evidence.rule_id FROM clean.articles WHERE outlet_evidence.rule_id IS NOT NULL
    UNION
    SELECT 'facts.' || kind, rule_id FROM facts.all_kinds
)
SELECT source, rule_id FROM named ANTI JOIN ref.rules USING (rule_id)
ORDER BY ALL
