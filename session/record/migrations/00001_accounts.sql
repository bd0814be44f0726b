-- +goose Up

-- The people who answer. login is unique and lower case; sites and langs are JSON lists.
CREATE TABLE accounts (
    id            TEXT   NOT NULL PRIMARY KEY,
    name          TEXT   NOT NULL,
    login         TEXT   NOT NULL UNIQUE,
    role          TEXT   NOT NULL,
    sites         TEXT   NOT NULL,
    langs         TEXT   NOT NULL,
    capacity      BIGINT NOT NULL CHECK (capacity >= 1),
    password      TEXT   NOT NULL DEFAULT '',  -- argon2id in PHC form; empty: no password yet
    created_at    BIGINT NOT NULL,
    signed_in_at  BIGINT,                      -- last time; NULL: never
    disabled_at   BIGINT
);

-- Signed-in browsers. Only the hash of a token is ever stored, here and below.
CREATE TABLE account_sessions (
    hash          TEXT   NOT NULL PRIMARY KEY,
    account_id    TEXT   NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at    BIGINT NOT NULL,
    seen_at       BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL
);
CREATE INDEX account_sessions_account ON account_sessions (account_id);
CREATE INDEX account_sessions_seen ON account_sessions (seen_at);

CREATE TABLE api_keys (
    id            TEXT   NOT NULL PRIMARY KEY,
    hash          TEXT   NOT NULL UNIQUE,
    account_id    TEXT   NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name          TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    revoked_at    BIGINT
);
CREATE INDEX api_keys_account ON api_keys (account_id);

CREATE TABLE sign_in_links (
    hash          TEXT   NOT NULL PRIMARY KEY,
    account_id    TEXT   NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at    BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL
);
CREATE INDEX sign_in_links_account ON sign_in_links (account_id);

-- +goose Down
DROP TABLE sign_in_links;
DROP TABLE api_keys;
DROP TABLE account_sessions;
DROP TABLE accounts;
