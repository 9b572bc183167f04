package dev.mandate.sandbox.broker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * How a broker of the sandbox is set up, which is its own controller, alone or with others.
 *
 * <p>Clients use the listener CLIENT, or a door. Controllers talk to one another on INTERNAL, with a password from
 * their own configuration: SCRAM can't bootstrap a KRaft quorum, since SCRAM's passwords are kept by that quorum.
 *
 * @param node which one this is
 * @param all the whole cluster
 * @param users who logs in; the broker and the administrator need no access rules
 */
record BrokerSettings(Node node, List<Node> all, SaslUsers users) {

    static final String CONTROLLER = "INTERNAL";
    private static final int REPLICAS = 3;

    /** Copies the list. */
    BrokerSettings {
        all = List.copyOf(all);
    }

    /**
     * One broker.
     *
     * @param id counts from 1
     * @param directory where the log is kept
     * @param clientPort where clients connect
     * @param internalPort where controllers find it
     * @param doors further listeners
     */
    record Node(int id, Path directory, int clientPort, int internalPort, List<Door> doors) {

        /** Copies the list. */
        Node {
            doors = List.copyOf(doors);
        }

        String client() {
            return "127.0.0.1:" + clientPort;
        }

        private String voter() {
            return id + "@127.0.0.1:" + internalPort;
        }
    }

    /**
     * A listener whose clients are told another port than the broker's own: that of whatever stands in between.
     *
     * @param port where the broker listens
     * @param advertised where clients connect
     */
    record Door(int port, int advertised) {}

    /** How many replicas a topic can have in a cluster of that many brokers. */
    static int replicas(int brokers) {
        return Math.min(REPLICAS, brokers);
    }

    /** How many of them must have a record before it is acknowledged. */
    static int inSync(int brokers) {
        return Math.max(1, replicas(brokers) - 1);
    }

    Map<String, String> toMap() {
        var map = new TreeMap<String, String>();
        identity(map);
        listeners(map);
        security(map);
        replication(map);
        smallMachine(map);
        return map;
    }

    private void identity(Map<String, String> map) {
        map.put("process.roles", "broker,controller");
        map.put("node.id", String.valueOf(node.id()));
        map.put("controller.quorum.voters", all.stream().map(Node::voter).collect(Collectors.joining(",")));
        map.put("controller.listener.names", CONTROLLER);
        map.put("inter.broker.listener.name", "CLIENT");
        map.put("log.dirs", node.directory().toString());
        map.put("auto.create.topics.enable", "false");
    }

    private void listeners(Map<String, String> map) {
        var listeners = new ArrayList<String>();
        var advertised = new ArrayList<String>();
        var protocols = new ArrayList<String>();
        listeners.add("CLIENT://" + node.client());
        listeners.add(CONTROLLER + "://127.0.0.1:" + node.internalPort());
        advertised.add("CLIENT://" + node.client());
        protocols.add("CLIENT:SASL_PLAINTEXT");
        protocols.add(CONTROLLER + ":SASL_PLAINTEXT");
        scram("CLIENT", map);
        for (int i = 0; i < node.doors().size(); i++) {
            var name = "DOOR" + i;
            listeners.add(name + "://127.0.0.1:" + node.doors().get(i).port());
            advertised.add(name + "://127.0.0.1:" + node.doors().get(i).advertised());
            protocols.add(name + ":SASL_PLAINTEXT");
            scram(name, map);
        }
        map.put("listeners", String.join(",", listeners));
        map.put("advertised.listeners", String.join(",", advertised));
        map.put("listener.security.protocol.map", String.join(",", protocols));
    }

    private void scram(String listener, Map<String, String> map) {
        var prefix = "listener.name." + listener.toLowerCase(Locale.ROOT);
        map.put(prefix + ".sasl.enabled.mechanisms", "SCRAM-SHA-512");
        map.put(prefix + ".scram-sha-512.sasl.jaas.config", users.broker().jaasConfig());
    }

    private void security(Map<String, String> map) {
        map.put("sasl.mechanism.controller.protocol", "PLAIN");
        map.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
        map.put("listener.name.internal.sasl.enabled.mechanisms", "PLAIN");
        map.put("listener.name.internal.plain.sasl.jaas.config", plainLogin());
        map.put("authorizer.class.name", StandardAuthorizer.class.getName());
        map.put(
                "super.users",
                "User:%s;User:%s"
                        .formatted(users.broker().name(), users.administrator().name()));
        map.put("allow.everyone.if.no.acl.found", "false");
    }

    private String plainLogin() {
        return "%1$s required username=\"%2$s\" password=\"%3$s\" user_%2$s=\"%3$s\";"
                .formatted(
                        PlainLoginModule.class.getName(),
                        users.broker().name(),
                        users.broker().password());
    }

    private void replication(Map<String, String> map) {
        var replicas = String.valueOf(replicas(all.size()));
        var inSync = String.valueOf(inSync(all.size()));
        map.put("min.insync.replicas", inSync);
        map.put("offsets.topic.replication.factor", replicas);
        map.put("transaction.state.log.replication.factor", replicas);
        map.put("transaction.state.log.min.isr", inSync);
        map.put("share.coordinator.state.topic.replication.factor", replicas);
        map.put("share.coordinator.state.topic.min.isr", inSync);
    }

    /** A small machine, whose clients should not wait for time-outs made for a data centre. */
    private void smallMachine(Map<String, String> map) {
        map.put("offsets.topic.num.partitions", "4");
        map.put("transaction.state.log.num.partitions", "4");
        map.put("share.coordinator.state.topic.num.partitions", "1");
        map.put("group.initial.rebalance.delay.ms", "0");
        // A worker that was killed is missed after six seconds rather than 45.
        map.put("group.consumer.min.session.timeout.ms", "6000");
        map.put("group.consumer.session.timeout.ms", "6000");
        map.put("group.consumer.min.heartbeat.interval.ms", "1000");
        map.put("group.consumer.heartbeat.interval.ms", "1000");
        map.put("broker.session.timeout.ms", "3000");
        map.put("broker.heartbeat.interval.ms", "500");
        map.put("controller.quorum.election.timeout.ms", all.size() == 1 ? "300" : "1000");
        map.put("controller.quorum.election.backoff.max.ms", all.size() == 1 ? "100" : "500");
        map.put("log.cleaner.dedupe.buffer.size", "4194304");
        map.put("log.index.size.max.bytes", "262144");
        map.put("num.network.threads", all.size() == 1 ? "2" : "1");
        map.put("num.io.threads", "4");
    }
}
