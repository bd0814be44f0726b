package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
)

// ErrNoSite says that no site has the id asked for.
var ErrNoSite = errors.New("unknown site")

// siteID keeps an id fit for Redis keys, URLs and the widget's script tag.
var siteID = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`)

// Site is one tenant: what visitors are told about it, and the pages that may embed its widget.
type Site struct {
	ID     string
	NameZH string
	NameEN string
	// Phone is shown when nobody can answer online; empty if there is none.
	Phone string
	// Hours is text for people, such as "9:00–21:00".
	Hours string
	// Origins are the web origins, scheme://host[:port], whose pages may open the widget.
	Origins []string
	// Langs are the languages it serves, the first is the default.
	Langs []string
}

// PutSites stores sites in one transaction, new ones and changed ones; others are left alone. The
// configuration is the truth for the sites that it names, so it is called at every start.
func (db *DB) PutSites(ctx context.Context, sites ...Site) error {
	return db.Tx(ctx, func(tx *sql.Tx) error {
		for _, s := range sites {
			if err := putSite(ctx, tx, s); err != nil {
				return fmt.Errorf("store site %q: %w", s.ID, err)
			}
		}
		return nil
	})
}

func putSite(ctx context.Context, tx *sql.Tx, s Site) error {
	if !siteID.MatchString(s.ID) {
		return errors.New("its id must be 1 to 40 of a-z, 0-9, - and _, and begin with a letter or digit")
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO sites (id, name_zh, name_en, phone, hours, origins, langs)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en,
			phone = excluded.phone, hours = excluded.hours,
			origins = excluded.origins, langs = excluded.langs`,
		s.ID, s.NameZH, s.NameEN, s.Phone, s.Hours, JSONList(s.Origins), JSONList(s.Langs))
	return err
}

// Site returns one site, or ErrNoSite.
func (db *DB) Site(ctx context.Context, id string) (Site, error) {
	s, err := scanSite(db.QueryRow(ctx, selectSite+" WHERE id = $1", id))
	if errors.Is(err, sql.ErrNoRows) {
		return Site{}, fmt.Errorf("%w %q", ErrNoSite, id)
	}
	if err != nil {
		return Site{}, fmt.Errorf("read site %q: %w", id, err)
	}
	return s, nil
}

// Sites returns all sites, by id.
func (db *DB) Sites(ctx context.Context) ([]Site, error) {
	rows, err := db.Query(ctx, selectSite+" ORDER BY id")
	if err != nil {
		return nil, fmt.Errorf("list sites: %w", err)
	}
	defer rows.Close()
	var sites []Site
	for rows.Next() {
		s, err := scanSite(rows)
		if err != nil {
			return nil, fmt.Errorf("list sites: %w", err)
		}
		sites = append(sites, s)
	}
	return sites, rows.Err()
}

const selectSite = "SELECT id, name_zh, name_en, phone, hours, origins, langs FROM sites"

func scanSite(row interface{ Scan(...any) error }) (Site, error) {
	var s Site
	err := row.Scan(&s.ID, &s.NameZH, &s.NameEN, &s.Phone, &s.Hours,
		(*JSONList)(&s.Origins), (*JSONList)(&s.Langs))
	return s, err
}
