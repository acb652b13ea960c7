-- In which languages are the articles, and how much is read of each? Where a language is not covered, few facts say nothing about the articles.
SELECT
    coalesce(articles.language, 'not told') AS language,
    articles.language_covered AS covered,
    count(*) AS articles,
    sum(articles.word_count)::BIGINT AS words,
    coalesce(sum(counted.facts), 0)::BIGINT AS facts,
    (
        SELECT list_sort(list(languages.kind || ': ' || languages.coverage))
        FROM ref.languages AS languages
        WHERE languages.language = split_part(articles.language, '-', 1) AND languages.coverage <> 'full'
    ) AS read_in_part
FROM clean.articles AS articles
LEFT JOIN (SELECT capture_id, count(*) AS facts FROM facts.all_kinds GROUP BY capture_id) AS counted USING (capture_id)
GROUP BY articles.language, articles.language_covered
ORDER BY articles DESC, language
