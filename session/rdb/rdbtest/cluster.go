package rdbtest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/redis/go-redis/v9"

	"yijian/session/rdb"
)

const (
	masters = 3
	slots   = 16384
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
	URL   string
	nodes []*process
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
	if c != nil {
		t.Cleanup(c.stop)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// KillMasterOf kills the master of a key with kill -9.
func (c *ClusterServers) KillMasterOf(t *testing.T, db *rdb.DB, key string) {
	t.Helper()
	master, err := db.Client.(*redis.ClusterClient).MasterForKey(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range c.nodes {
		if p.addr == master.Options().Addr {
			p.signal(t, syscall.SIGKILL)
			return
		}
	}
	t.Fatalf("no server of the cluster is at %s", master.Options().Addr)
}

func (c *ClusterServers) stop() {
	for _, p := range c.nodes {
		p.stop()
	}
}

// newCluster starts the servers with the configuration of a cluster that is formed already: they
// need not meet, and nothing depends on how fast gossip travels.
func newCluster(ca *authority) (*ClusterServers, error) {
	members, err := newMembers()
	if err != nil {
		return nil, err
	}
	c := &ClusterServers{}
	addrs := make([]string, masters)
	for i, m := range members {
		p, err := m.start(members, ca)
		if err != nil {
			return c, fmt.Errorf("starting server %d of a cluster: %w", i, err)
		}
		c.nodes = append(c.nodes, p)
		if i < masters {
			addrs[i] = p.addr
		}
	}
	c.URL = "redis-cluster://" + strings.Join(addrs, ",")
	if ca != nil {
		c.URL += "?tls=1&ca=" + ca.file
	}
	for _, p := range c.nodes {
		if err := p.await(isFormed); err != nil {
			return c, err
		}
	}
	return c, nil
}

// member is a server of a cluster as the others know it.
type member struct {
	id        string
	port, bus int
	role      string // the end of its line in nodes.conf
}

func newMembers() ([]member, error) {
	out := make([]member, 2*masters)
	for i := range out {
		id := make([]byte, 20)
		_, _ = rand.Read(id)
		port, err := findPort()
		if err != nil {
			return nil, err
		}
		bus, err := findPort()
		if err != nil {
			return nil, err
		}
		out[i] = member{id: hex.EncodeToString(id), port: port, bus: bus}
		n := i % masters
		if i < masters {
			out[i].role = fmt.Sprintf("master - 0 0 %d connected %d-%d", n+1, n*slots/masters, (n+1)*slots/masters-1)
		} else {
			out[i].role = fmt.Sprintf("slave %s 0 0 %d connected", out[n].id, n+1)
		}
	}
	return out, nil
}

// start writes what the server would remember of the cluster, and starts it.
func (m member) start(all []member, ca *authority) (*process, error) {
	dir, err := workdir()
	if err != nil {
		return nil, err
	}
	var conf strings.Builder
	for _, o := range all {
		myself := ""
		if o.id == m.id {
			myself = "myself,"
		}
		fmt.Fprintf(&conf, "%s 127.0.0.1:%d@%d %s%s\n", o.id, o.port, o.bus, myself, o.role)
	}
	fmt.Fprintf(&conf, "vars currentEpoch %d lastVoteEpoch 0\n", masters)
	if err := os.WriteFile(filepath.Join(dir, "nodes.conf"), []byte(conf.String()), 0o600); err != nil {
		return nil, err
	}
	args := []string{
		"--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf", "--cluster-port", strconv.Itoa(m.bus),
		"--cluster-node-timeout", "2000", "--cluster-replica-validity-factor", "0", "--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1",
	}
	if ca != nil {
		args = append(args, "--tls-cluster", "yes", "--tls-replication", "yes")
	}
	return startIn(dir, m.port, ca, args...)
}

// isFormed reports what is missing until a server of the cluster can be used, and replaced.
func isFormed(c *redis.Client) error {
	ctx := context.Background()
	info, err := c.ClusterInfo(ctx).Result()
	if err != nil {
		return err
	}
	if !strings.Contains(info, "cluster_state:ok") || !strings.Contains(info, "cluster_known_nodes:6") {
		return errors.New(info)
	}
	owners, err := c.ClusterSlots(ctx).Result() //nolint:staticcheck // it is what the cluster client asks
	if err != nil {
		return err
	}
	if len(owners) != masters {
		return fmt.Errorf("%d owners of slots", len(owners))
	}
	for _, o := range owners {
		if len(o.Nodes) != 2 {
			return errors.New("a master is without its replica")
		}
	}
	repl, err := c.Info(ctx, "replication").Result()
	if err != nil {
		return err
	}
	if !strings.Contains(repl, "master_link_status:up") && !strings.Contains(repl, "state=online") {
		return errors.New(repl)
	}
	return nil
}
