-- Who is named in the articles of a day, in how many of them, and in which roles do the outlets present each person? Spellings that differ by hyphens are one person.
SELECT
    mode(mentions.name ORDER BY mentions.name) AS name,
    count(DISTINCT mentions.capture_id) AS articles,
    count(*) AS mentions,
    list_sort(list_distinct(list(mentions.role) FILTER (mentions.role IS NOT NULL))) AS roles,
    list_sort(list_distinct(list(coalesce(articles.outlet_id, 'unknown')))) AS outlets
FROM facts.mentions AS mentions
JOIN clean.articles AS articles USING (capture_id)
WHERE mentions.kind = 'person' AND mentions.publication_date = '2023-09-13'
GROUP BY lower(replace(mentions.name, '-', ' '))
ORDER BY articles DESC, mentions DESC, name
