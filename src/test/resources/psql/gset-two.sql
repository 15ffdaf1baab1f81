-- two rows are an error
SELECT g FROM generate_series(1, 2) g \gset
