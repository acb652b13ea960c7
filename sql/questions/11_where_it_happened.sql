-- Which places do the articles name, where do they lie, and on which days were articles published that name them? For a map.
SELECT
    mentions.name,
    mentions.place_kind,
    mentions.country_code,
    mentions.region,
    mentions.latitude,
    mentions.longitude,
    count(DISTINCT mentions.capture_id) AS articles,
    list_sort(list_distinct(list(mentions.publication_date))) AS published
FROM facts.mentions AS mentions
WHERE mentions.kind = 'place' AND mentions.latitude IS NOT NULL
GROUP BY ALL
ORDER BY articles DESC, mentions.name, mentions.country_code, mentions.region
