package dev.mandate.sandbox.broker;

import dev.mandate.contracts.topic.AccessMatrix;
import dev.mandate.contracts.topic.AccessMatrix.Grant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Creates the topics and access rules of the access matrix on brokers that have neither. Each topic has as many
 * replicas as a sandbox's brokers can hold.
 */
public final class TopicSetup {

    private final AccessMatrix matrix;
    private final int partitions;
    private final int brokers;

    /**
     * Plans what {@link #applyTo} does.
     *
     * @param partitions how many partitions each topic gets; a sandbox needs fewer than the matrix says
     * @param brokers how many there are
     */
    public TopicSetup(AccessMatrix matrix, int partitions, int brokers) {
        this.matrix = matrix;
        this.partitions = partitions;
        this.brokers = brokers;
    }

    /**
     * Creates them all, and returns when the broker has acknowledged them.
     *
     * @throws IllegalStateException when the broker refuses, or does not answer
     */
    public void applyTo(Admin admin) {
        try {
            admin.createTopics(topics()).all().get();
            admin.createAcls(accessRules()).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refused its topics or access rules", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topics were created", e);
        }
    }

    private List<NewTopic> topics() {
        Map<String, String> settings = new LinkedHashMap<>(matrix.settings());
        settings.put("min.insync.replicas", String.valueOf(BrokerSettings.inSync(brokers)));
        return matrix.topics().keySet().stream()
                .map(name -> new NewTopic(name, partitions, (short) BrokerSettings.replicas(brokers)).configs(settings))
                .toList();
    }

    List<AclBinding> accessRules() {
        return matrix.grants().stream().map(TopicSetup::accessRule).toList();
    }

    private static AclBinding accessRule(Grant grant) {
        var pattern = switch (grant.resource()) {
            case TOPIC -> new ResourcePattern(ResourceType.TOPIC, grant.name(), PatternType.LITERAL);
            case GROUP -> new ResourcePattern(ResourceType.GROUP, grant.name(), PatternType.LITERAL);
            case TRANSACTIONAL_ID_PREFIX ->
                new ResourcePattern(ResourceType.TRANSACTIONAL_ID, grant.name(), PatternType.PREFIXED);
        };
        var operation = switch (grant.operation()) {
            case READ -> AclOperation.READ;
            case WRITE -> AclOperation.WRITE;
        };
        return new AclBinding(
                pattern, new AccessControlEntry("User:" + grant.principal(), "*", operation, AclPermissionType.ALLOW));
    }
}
