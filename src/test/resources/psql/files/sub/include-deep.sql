SELECT 'deep' AS place;
