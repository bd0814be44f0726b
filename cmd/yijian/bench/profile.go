package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

// save writes a profile of the server to its folder, if it has one.
func (s Server) save(ctx context.Context, name, query string) error {
	if s.Profile == "" {
		return nil
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/debug/pprof/"+name+query, nil)
	if err != nil {
		return fmt.Errorf("asking for the profile %s: %w", name, err)
	}
	answer, err := (&http.Client{}).Do(req)
	if err != nil {
		return fmt.Errorf("asking for the profile %s: %w", name, err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the server has no profile %s; start it with --pprof", name)
	}
	file, err := os.Create(filepath.Join(s.Profile, name+".pprof"))
	if err != nil {
		return fmt.Errorf("writing the profile %s: %w", name, err)
	}
	_, err = io.Copy(file, answer.Body)
	return errors.Join(err, file.Close())
}
