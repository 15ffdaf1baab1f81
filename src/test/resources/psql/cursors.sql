-- cursors and prepared statements
BEGIN;
DECLARE c CURSOR FOR SELECT g FROM generate_series(1, 5) g;
FETCH 2 FROM c;
MOVE 1 FROM c;
FETCH ALL FROM c;
CLOSE c;
COMMIT;
PREPARE q AS SELECT 1 AS one;
EXECUTE q;
DEALLOCATE q;
