-- The evidence of every fact: its exact characters in the raw capture, 80 characters around them, where the capture came from, and the rule that found it.
SELECT
    facts.kind,
    facts.fact_id,
    facts.text,
    substring(captures.text, facts.span_start + 1, facts.span_end - facts.span_start) AS exact_text,
    substring(captures.text, greatest(facts.span_start - 80, 0) + 1, least(facts.span_start, 80)) AS before,
    substring(captures.text, facts.span_end + 1, 80) AS after,
    facts.block_kind,
    captures.uri,
    captures.url,
    articles.outlet_id,
    articles.headline,
    articles.language,
    facts.rule_id,
    rules.description AS rule,
    facts.confidence,
    facts.publication_date,
    facts.capture_id,
    facts.span_start,
    facts.span_end
FROM facts.all_kinds AS facts
JOIN raw.captures AS captures USING (capture_id)
JOIN clean.articles AS articles USING (capture_id)
LEFT JOIN ref.rules AS rules USING (rule_id)
