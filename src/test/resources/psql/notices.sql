-- what the server says besides results
DO $$ BEGIN RAISE NOTICE 'hello'; RAISE WARNING 'careful' USING HINT = 'look'; END $$;
CREATE TABLE IF NOT EXISTS t (i int);
CREATE TABLE IF NOT EXISTS t (i int);
DROP TABLE IF EXISTS nobody;
