-- What is said to have happened on 13 September 2023: who did what to whom, where, and in how many articles? A day within a longer time counts as well.
SELECT
    coalesce(actions.actor_name, actions.actor) AS actor,
    actions.verb,
    coalesce(actions.recipient_name, actions.recipient) AS recipient,
    actions.plover_event,
    list_sort(list_distinct(list(actions.place) FILTER (actions.place IS NOT NULL))) AS places,
    count(DISTINCT actions.capture_id) AS articles,
    list_sort(list_distinct(list(coalesce(articles.outlet_id, 'unknown')))) AS outlets,
    min(actions.fact_id) AS a_fact
FROM facts.actions AS actions
JOIN clean.articles AS articles USING (capture_id)
WHERE DATE '2023-09-13' BETWEEN actions.starts_on AND actions.ends_on AND actions.modality = 'asserted'
GROUP BY ALL
ORDER BY articles DESC, actor, actions.verb, recipient
