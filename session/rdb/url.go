package rdb

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Examples of each kind of URL, for the mistakes in one.
const (
	single   = "redis://user:password@host:6379/0" //nolint:gosec // an example, no credential
	sentinel = "redis-sentinel://user:password@host:26379,host:26379/0?master=NAME"
	cluster  = "redis-cluster://user:password@host:6379,host:6379"
)

// parse reads a Redis URL. Its errors never quote the URL, because it may hold a password.
func parse(rawURL string) (*redis.UniversalOptions, error) {
	u, hosts, err := split(rawURL)
	if err != nil {
		return nil, err
	}
	opts := &redis.UniversalOptions{
		DialTimeout:   2 * time.Second,
		DialerRetries: 2,
		MaxRetries:    2,
		// A command that waits longer than this for a connection is better told so than kept.
		PoolTimeout: 3 * time.Second,
		PoolSize:    64,
		// RESP3 would bring push messages, for which the client looks before every command.
		Protocol: 2,
		// Neither is asked of a user whom the ACL allows only what Yijian needs.
		DisableIdentity:          true,
		MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
	}
	if u.User != nil {
		opts.Username = u.User.Username()
		opts.Password, _ = u.User.Password()
	}
	if err := parseKind(u, hosts, opts); err != nil {
		return nil, err
	}
	opts.TLSConfig, err = parseTLS(u)
	return opts, err
}

// split takes the hosts out of a URL, because net/url knows of one host only.
func split(rawURL string) (*url.URL, []string, error) {
	unreadable := errors.New("the Redis URL cannot be read; write " + single)
	scheme, rest, ok := strings.Cut(rawURL, "://")
	if !ok {
		return nil, nil, unreadable
	}
	authority, path := rest, ""
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		authority, path = rest[:end], rest[end:]
	}
	at := strings.LastIndex(authority, "@") + 1
	u, err := url.Parse(scheme + "://" + authority[:at] + "hosts" + path)
	if err != nil {
		return nil, nil, unreadable
	}
	port := "6379"
	if u.Scheme == "redis-sentinel" {
		port = "26379"
	}
	hosts := strings.Split(authority[at:], ",")
	for i, host := range hosts {
		if hosts[i], err = withPort(host, port); err != nil {
			return nil, nil, err
		}
	}
	return u, hosts, nil
}

func withPort(host, port string) (string, error) {
	if colon := strings.LastIndex(host, ":"); colon > strings.LastIndex(host, "]") {
		host, port = host[:colon], host[colon+1:]
	}
	n, err := strconv.ParseUint(port, 10, 16)
	bare := strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if err != nil || n == 0 || bare == "" || len(bare) == len(host) && strings.ContainsAny(host, ":[]") {
		return "", errors.New("a host of the Redis URL cannot be read; write host:port, several with commas")
	}
	return host + ":" + port, nil
}

func parseKind(u *url.URL, hosts []string, opts *redis.UniversalOptions) error {
	opts.Addrs = hosts
	switch u.Scheme {
	case "redis", "rediss":
		if len(hosts) > 1 {
			return errors.New("a redis URL has one host; for several write " + cluster + " or " + sentinel)
		}
		return parseRest(u, opts, single)
	case "redis-cluster":
		opts.IsClusterMode = true
		if strings.Trim(u.Path, "/0") != "" {
			return errors.New("a Redis Cluster has no numbered databases; write " + cluster)
		}
		return parseRest(u, opts, cluster)
	case "redis-sentinel":
		parseMaster(u, opts)
		if opts.MasterName == "" {
			return errors.New("a redis-sentinel URL names its master; write " + sentinel)
		}
		return parseRest(u, opts, sentinel, "master", "sentinel_auth")
	}
	return fmt.Errorf("%q is not a kind of Redis URL; use mem://, redis://, rediss://, redis-sentinel:// or redis-cluster://", u.Scheme)
}

// parseMaster takes the name of the master from ?master=, or else from the place of the user:
// redis-sentinel://NAME:password@host, which leaves Redis its default user.
func parseMaster(u *url.URL, opts *redis.UniversalOptions) {
	opts.MasterName = u.Query().Get("master")
	if opts.MasterName == "" {
		opts.MasterName, opts.Username = opts.Username, ""
	}
	if u.Query().Get("sentinel_auth") == "1" {
		opts.SentinelUsername, opts.SentinelPassword = opts.Username, opts.Password
	}
}

// parseRest reads the database and refuses a parameter that nobody would act on.
func parseRest(u *url.URL, opts *redis.UniversalOptions, example string, known ...string) error {
	if db := strings.Trim(u.Path, "/"); db != "" {
		n, err := strconv.ParseUint(db, 10, 16)
		if err != nil {
			return errors.New("the database of the Redis URL is no number; write " + example)
		}
		opts.DB = int(n)
	}
	known = append(known, "tls", "ca", "server_name")
	for name := range u.Query() {
		if !slices.Contains(known, name) {
			return fmt.Errorf("the Redis URL has a parameter %q that is not known; known are %s", name, strings.Join(known, ", "))
		}
	}
	return nil
}

// parseTLS reads ?tls=1, ?ca=, a file of certificates to trust instead of the system's, and
// ?server_name=, the name to expect in the server's certificate instead of the host's.
func parseTLS(u *url.URL) (*tls.Config, error) {
	q := u.Query()
	if u.Scheme != "rediss" && q.Get("tls") != "1" {
		if q.Has("ca") || q.Has("server_name") {
			return nil, errors.New("the Redis URL has ca or server_name without TLS; add tls=1")
		}
		return nil, nil //nolint:nilnil // no TLS is what the client calls nil
	}
	conf := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: q.Get("server_name")}
	if !q.Has("ca") {
		return conf, nil
	}
	pem, err := os.ReadFile(q.Get("ca"))
	if err != nil {
		return nil, fmt.Errorf("reading the ca of the Redis URL: %w", err)
	}
	conf.RootCAs = x509.NewCertPool()
	if !conf.RootCAs.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("the ca of the Redis URL, %s, holds no certificate; give a PEM file", q.Get("ca"))
	}
	return conf, nil
}
