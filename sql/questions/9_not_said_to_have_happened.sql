-- Which actions are reported as denied, only possible, or still to come, and in which words? None of them may be counted as something that happened.
SELECT
    actions.modality,
    coalesce(actions.actor_name, actions.actor) AS actor,
    actions.verb,
    coalesce(actions.recipient_name, actions.recipient) AS recipient,
    actions.starts_on,
    replace(evidence.before || '[' || evidence.exact_text || ']' || evidence.after, chr(10), ' ') AS words,
    evidence.uri,
    actions.fact_id
FROM facts.actions AS actions
JOIN marts.fact_evidence AS evidence USING (fact_id, capture_id)
WHERE actions.modality IN ('negated', 'hypothetical', 'future')
ORDER BY actions.modality, actor NULLS LAST, actions.fact_id
