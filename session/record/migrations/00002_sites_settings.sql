-- +goose Up

CREATE TABLE settings (
    key           TEXT   NOT NULL PRIMARY KEY,
    value         TEXT   NOT NULL
);

-- Tenants. origins and langs are JSON lists; hours is text that visitors read.
CREATE TABLE sites (
    id            TEXT   NOT NULL PRIMARY KEY,
    name_zh       TEXT   NOT NULL,
    name_en       TEXT   NOT NULL,
    phone         TEXT   NOT NULL,
    hours         TEXT   NOT NULL,
    origins       TEXT   NOT NULL,
    langs         TEXT   NOT NULL
);

-- +goose Down
DROP TABLE sites;
DROP TABLE settings;
