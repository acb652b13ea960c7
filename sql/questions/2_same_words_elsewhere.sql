-- Which quotations stand in more than one article, word for word, and which agencies do those articles credit? Several articles with one agency are one source.
SELECT
    lower(trim(quote, ' ,.;:!?')) AS words,
    list_sort(list_distinct(list(speaker) FILTER (speaker IS NOT NULL))) AS speakers,
    count(DISTINCT capture_id) AS articles,
    list_sort(list_distinct(flatten(list(agencies)))) AS agencies_credited
FROM marts.quote_book
WHERE len(string_split(quote, ' ')) >= 4
GROUP BY words
HAVING count(DISTINCT capture_id) > 1
ORDER BY articles DESC, words
