-- How far is it, how long did it take: which values do articles of the same day give for the same measure and unit, and where do they differ?
SELECT
    publication_date,
    measure,
    unit,
    object,
    list_sort(list_distinct(list(value_low))) AS stated_values,
    count(DISTINCT capture_id) AS articles
FROM facts.quantities
WHERE block_kind = 'body' AND unit IS NOT NULL AND publication_date <> 'undated'
GROUP BY ALL
HAVING count(DISTINCT capture_id) > 1
ORDER BY articles DESC, publication_date, measure, unit, object
