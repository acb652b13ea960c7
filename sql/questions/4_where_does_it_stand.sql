-- Show me the evidence: the newest quotations with the words around them in the raw capture, the file they came from and the rule that read them.
SELECT replace(before, chr(10), ' ') AS before, exact_text, replace(after, chr(10), ' ') AS after, uri, rule_id, rule
FROM marts.fact_evidence
WHERE kind = 'quotes' AND publication_date <> 'undated'
ORDER BY publication_date DESC, fact_id
LIMIT 5
