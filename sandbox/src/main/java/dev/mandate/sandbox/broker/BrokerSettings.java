package dev.mandate.sandbox.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * How the embedded broker is set up.
 *
 * <p>Clients use the listener CLIENT. The broker talks to itself on INTERNAL, with a password from its own
 * configuration: SCRAM can't bootstrap a KRaft quorum, since SCRAM's passwords are kept by that quorum.
 *
 * @param directory where the log is kept
 * @param clientPort where clients connect
 * @param internalPort where the broker finds its own controller
 * @param users who logs in; the broker and the administrator need no access rules
 */
record BrokerSettings(Path directory, int clientPort, int internalPort, SaslUsers users) {

    static final int NODE_ID = 1;
    static final String CONTROLLER = "INTERNAL";

    String bootstrapServers() {
        return "127.0.0.1:" + clientPort;
    }

    Map<String, String> toMap() {
        var map = new TreeMap<String, String>();
        identity(map);
        security(map);
        smallMachine(map);
        return map;
    }

    private void identity(Map<String, String> map) {
        map.put("process.roles", "broker,controller");
        map.put("node.id", String.valueOf(NODE_ID));
        map.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + internalPort);
        map.put("controller.listener.names", CONTROLLER);
        map.put("listeners", "CLIENT://127.0.0.1:%d,INTERNAL://127.0.0.1:%d".formatted(clientPort, internalPort));
        map.put("advertised.listeners", "CLIENT://" + bootstrapServers());
        map.put("inter.broker.listener.name", "CLIENT");
        map.put("log.dirs", directory.toString());
        map.put("auto.create.topics.enable", "false");
    }

    private void security(Map<String, String> map) {
        map.put("listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,INTERNAL:SASL_PLAINTEXT");
        map.put("sasl.mechanism.controller.protocol", "PLAIN");
        map.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
        map.put("listener.name.client.sasl.enabled.mechanisms", "SCRAM-SHA-512");
        map.put(
                "listener.name.client.scram-sha-512.sasl.jaas.config",
                users.broker().jaasConfig());
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

    /** One broker on one small machine, whose clients should not wait for time-outs made for a data centre. */
    private static void smallMachine(Map<String, String> map) {
        map.put("offsets.topic.replication.factor", "1");
        map.put("offsets.topic.num.partitions", "4");
        map.put("transaction.state.log.replication.factor", "1");
        map.put("transaction.state.log.min.isr", "1");
        map.put("transaction.state.log.num.partitions", "4");
        map.put("share.coordinator.state.topic.replication.factor", "1");
        map.put("share.coordinator.state.topic.min.isr", "1");
        map.put("share.coordinator.state.topic.num.partitions", "1");
        map.put("group.initial.rebalance.delay.ms", "0");
        // A worker that was killed is missed after six seconds rather than 45.
        map.put("group.consumer.min.session.timeout.ms", "6000");
        map.put("group.consumer.session.timeout.ms", "6000");
        map.put("group.consumer.min.heartbeat.interval.ms", "1000");
        map.put("group.consumer.heartbeat.interval.ms", "1000");
        map.put("broker.session.timeout.ms", "3000");
        map.put("broker.heartbeat.interval.ms", "500");
        map.put("controller.quorum.election.timeout.ms", "300");
        map.put("controller.quorum.election.backoff.max.ms", "100");
        map.put("log.cleaner.dedupe.buffer.size", "4194304");
        map.put("log.index.size.max.bytes", "262144");
        map.put("num.network.threads", "2");
        map.put("num.io.threads", "4");
    }
}
