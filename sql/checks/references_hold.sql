-- What a row points to is there: deliveries and captures name drops and captures that exist, and every capture was delivered.
-- asset: raw/deliveries
SELECT 'delivery of no capture' AS problem, capture_id, drop_id FROM raw.deliveries ANTI JOIN raw.captures USING (capture_id)
UNION ALL
SELECT 'delivery in no drop', capture_id, drop_id FROM raw.deliveries ANTI JOIN raw.drops USING (drop_id)
UNION ALL
SELECT 'capture in no drop', capture_id, drop_id FROM raw.captures ANTI JOIN raw.drops USING (drop_id)
UNION ALL
SELECT 'capture never delivered', capture_id, drop_id FROM raw.captures ANTI JOIN raw.deliveries USING (capture_id)
ORDER BY ALL
