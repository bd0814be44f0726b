package rdbtest

import (
	"context"
	"net"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/redis/go-redis/v9"

	"yijian/session/rdb"
	"yijian/session/rdb/redisproc"
)

// shared is the one cluster of a test binary. It is slow to start, so it is started when first
// needed and lives until the binary ends.
var shared struct {
	use   sync.Mutex // held by the test that has the cluster
	begin sync.Once
	*ClusterServers
	err error
}

// Cluster opens an empty Redis Cluster of three masters and three replicas. All tests of a binary
// share it one after another: the next one waits until this one has ended, so a test opens it once
// and starts no parallel tests of its own while it has it.
func Cluster(t *testing.T) *rdb.DB {
	t.Helper()
	need(t)
	shared.use.Lock()
	t.Cleanup(shared.use.Unlock)
	shared.begin.Do(func() { shared.ClusterServers, shared.err = newCluster(nil) })
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	db := open(t, shared.URL)
	empty := func(ctx context.Context, c *redis.Client) error { return c.FlushAll(ctx).Err() }
	if err := db.Client.(*redis.ClusterClient).ForEachMaster(t.Context(), empty); err != nil {
		t.Fatalf("emptying the cluster: %v", err)
	}
	return db
}

// ClusterServers are the servers of a Redis Cluster.
type ClusterServers struct {
	// URL is what rdb.Open takes.
	URL string
	*redisproc.Cluster
}

// StartCluster runs a Redis Cluster for this test alone, which may kill its masters.
func StartCluster(t *testing.T) *ClusterServers {
	t.Helper()
	return startCluster(t, nil)
}

// StartTLSCluster is StartCluster with TLS between all.
func StartTLSCluster(t *testing.T) *ClusterServers {
	t.Helper()
	return startCluster(t, newAuthority(t))
}

func startCluster(t *testing.T, ca *authority) *ClusterServers {
	t.Helper()
	need(t)
	c, err := newCluster(ca)
	t.Cleanup(c.Stop)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// KillMasterOf kills the master of a key with kill -9.
func (c *ClusterServers) KillMasterOf(t *testing.T, db *rdb.DB, key string) {
	t.Helper()
	c.signal(t, masterOf(t, db, key).Options().Addr, syscall.SIGKILL)
}

// SignalReplicaOf sends a signal to the replica of a key's master: SIGSTOP cuts replication while
// both believe they are connected, SIGCONT mends it.
func (c *ClusterServers) SignalReplicaOf(t *testing.T, db *rdb.DB, key string, sig syscall.Signal) {
	t.Helper()
	role, err := masterOf(t, db, key).Do(t.Context(), "ROLE").Slice()
	if err != nil {
		t.Fatal(err)
	}
	replicas := role[2].([]any)
	if len(replicas) == 0 {
		t.Fatalf("the master of %s has no replica", key)
	}
	addr := replicas[0].([]any)
	c.signal(t, net.JoinHostPort(addr[0].(string), addr[1].(string)), sig)
}

func masterOf(t *testing.T, db *rdb.DB, key string) *redis.Client {
	t.Helper()
	master, err := db.Client.(*redis.ClusterClient).MasterForKey(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	return master
}

func (c *ClusterServers) signal(t *testing.T, addr string, sig syscall.Signal) {
	t.Helper()
	server := c.At(addr)
	if server == nil {
		t.Fatalf("no server of the cluster is at %s", addr)
	}
	if err := server.Signal(strconv.Itoa(int(sig))); err != nil {
		t.Fatal(err)
	}
}

func newCluster(ca *authority) (*ClusterServers, error) {
	opts, query := redisproc.ClusterOptions{}, ""
	if ca != nil {
		opts.TLS, query = ca.client(), "?tls=1&ca="+ca.file
		opts.Args = func(port int) []string {
			return append(ca.settings(port), "--port", "0", "--tls-cluster", "yes", "--tls-replication", "yes")
		}
	}
	c, err := redisproc.StartCluster(context.Background(), opts)
	addrs := strings.Split(c.Addrs(), ",")
	return &ClusterServers{"redis-cluster://" + strings.Join(addrs[:min(redisproc.Masters, len(addrs))], ",") + query, c}, err
}
