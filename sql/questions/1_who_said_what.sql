-- What did each outlet report Vladimir Putin to have said on 13 September 2023, in his words (direct, mixed) or its own (indirect), and through whom?
SELECT coalesce(outlet, 'unknown') AS outlet, agencies, quote_type, quote, via, cue, round(confidence, 2) AS confidence, fact_id
FROM marts.quote_book
WHERE speaker LIKE '%Putin' AND published_on = DATE '2023-09-13'
ORDER BY outlet, fact_id
