package rdbtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"yijian/session/rdb"
)

// ACL is the user that Yijian needs on a Redis, as docs/OPERATIONS.md prints it.
const ACL = "user yijian on >secret resetchannels ~yj:* -@all " +
	"+hello +auth +select +ping +info +time +role +wait +cluster|slots +command " +
	"+eval +evalsha +exists +expire +pexpire +persist +del +get +set +incr " +
	"+hget +hgetall +hmget +hset +hdel +hincrby +lpush +ltrim +lrange +sadd +srem +smembers " +
	"+zadd +zrem +zcard +zscore +zrank +zrange +zrevrange +zrangebyscore +zrangebylex +zlexcount " +
	"+zremrangebyrank +zremrangebyscore +xadd +xtrim +xrange +xrevrange +xread"

// TLS opens an empty redis-server that speaks TLS only, as the user of ACL.
func TLS(t *testing.T) *rdb.DB {
	t.Helper()
	return open(t, StartTLS(t))
}

// StartTLS runs a redis-server that speaks TLS only and knows nobody but the user of ACL. It returns
// its URL.
func StartTLS(t *testing.T) string {
	t.Helper()
	ca := newAuthority(t)
	users := filepath.Join(filepath.Dir(ca.file), "users.acl")
	if err := os.WriteFile(users, []byte("user default off\n"+ACL+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := run(t, freePort(t), ca, "--aclfile", users)
	return "rediss://yijian:secret@" + p.Addr + "?ca=" + ca.file
}

// authority is a certificate authority and the one certificate it gave, for a server on loopback.
type authority struct {
	file, cert, key string
	pool            *x509.CertPool
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	dir := t.TempDir()
	a := &authority{
		file: filepath.Join(dir, "ca.pem"), cert: filepath.Join(dir, "cert.pem"), key: filepath.Join(dir, "key.pem"),
		pool: x509.NewCertPool(),
	}
	root := certificate("Yijian test authority")
	root.IsCA, root.BasicConstraintsValid, root.KeyUsage = true, true, x509.KeyUsageCertSign
	rootKey, leafKey := newKey(t), newKey(t)
	rootDER := sign(t, root, root, &rootKey.PublicKey, rootKey)
	writePEM(t, a.file, "CERTIFICATE", rootDER)
	trusted, err := x509.ParseCertificate(rootDER)
	if err != nil {
		t.Fatal(err)
	}
	a.pool.AddCert(trusted)
	leaf := certificate("redis")
	leaf.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	leaf.DNSNames = []string{"redis.test"}
	writePEM(t, a.cert, "CERTIFICATE", sign(t, leaf, root, &leafKey.PublicKey, rootKey))
	der, err := x509.MarshalECPrivateKey(leafKey)
	if err != nil {
		t.Fatal(err)
	}
	writePEM(t, a.key, "EC PRIVATE KEY", der)
	return a
}

func certificate(name string) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func sign(t *testing.T, cert, by *x509.Certificate, pub *ecdsa.PublicKey, key *ecdsa.PrivateKey) []byte {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, cert, by, pub, key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func writePEM(t *testing.T, file, kind string, der []byte) {
	t.Helper()
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
}

// settings are those of a server that speaks TLS only.
func (a *authority) settings(port int) []string {
	return []string{
		"--tls-port", strconv.Itoa(port), "--tls-cert-file", a.cert, "--tls-key-file", a.key,
		"--tls-ca-cert-file", a.file, "--tls-auth-clients", "no",
	}
}

func (a *authority) client() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: a.pool}
}
