-- How far is it, how long did it take: which values do articles of one day give for the same measure, unit and thing, and in which words? Where no thing is told, the words tell whether they speak of one.
SELECT
    publication_date,
    measure,
    unit,
    object,
    list_sort(list_distinct(list(
        CASE
            WHEN value_low IS NULL THEN 'up to ' || format('{:.12g}', value_high)
            WHEN value_high IS NULL THEN format('{:.12g}', value_low) || ' or more'
            WHEN value_low < value_high THEN format('{:.12g}', value_low) || ' to ' || format('{:.12g}', value_high)
            ELSE format('{:.12g}', value_low)
        END
    ))) AS stated_values,
    list_sort(list_distinct(list(text))) AS words,
    count(DISTINCT capture_id) AS articles
FROM facts.quantities
WHERE block_kind = 'body' AND unit IS NOT NULL AND publication_date <> 'undated'
GROUP BY ALL
HAVING count(DISTINCT capture_id) > 1
ORDER BY articles DESC, publication_date, measure, unit, object
