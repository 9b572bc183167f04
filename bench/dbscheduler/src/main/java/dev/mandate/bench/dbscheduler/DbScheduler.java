package dev.mandate.bench.dbscheduler;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mandate.bench.peer.Inbox;
import dev.mandate.bench.peer.Order;
import dev.mandate.bench.peer.PeerSettings;
import dev.mandate.bench.peer.ResultTable;
import dev.mandate.bench.peer.Upstream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/** A one-time task for each order, as many at once as others do, fetched as its manual advises for many tasks. */
public final class DbScheduler {

    private static final String TABLE = """
            CREATE TABLE scheduled_tasks (
              task_name text NOT NULL,
              task_instance text NOT NULL,
              task_data bytea,
              execution_time timestamp with time zone NOT NULL,
              picked boolean NOT NULL,
              picked_by text,
              last_success timestamp with time zone,
              last_failure timestamp with time zone,
              consecutive_failures int,
              last_heartbeat timestamp with time zone,
              version bigint NOT NULL,
              priority smallint,
              PRIMARY KEY (task_name, task_instance)
            );
            CREATE INDEX ON scheduled_tasks (execution_time);
            CREATE INDEX ON scheduled_tasks (last_heartbeat)""";

    private DbScheduler() {}

    /** Runs until the process is ended. */
    public static void main(String[] arguments) throws SQLException {
        var settings = PeerSettings.read();
        var database = database(settings);
        createTable(database);
        var upstream = new Upstream(settings);
        var results = new ResultTable(database);
        OneTimeTask<String> task = Tasks.oneTime("order", String.class).execute((instance, context) -> {
            var order = Order.parse(instance.getData());
            upstream.execute(order);
            results.record(order);
        });
        var scheduler = Scheduler.create(database, task)
                .threads(settings.concurrency())
                .pollingInterval(Duration.ofMillis(100))
                .pollUsingLockAndFetch(1, 4)
                .build();
        scheduler.start();
        Inbox.serve(scheduler::pause, orders -> schedule(scheduler, task, orders), scheduler::resume);
    }

    private static void schedule(Scheduler scheduler, OneTimeTask<String> task, List<String> orders) {
        List<TaskInstance<?>> tasks = orders.stream()
                .<TaskInstance<?>>map(order -> task.instance(Order.parse(order).id(), order))
                .toList();
        scheduler.scheduleBatch(tasks, Instant.now());
    }

    private static DataSource database(PeerSettings settings) {
        var config = new HikariConfig();
        config.setJdbcUrl(settings.get("database.url"));
        config.setUsername(settings.get("database.username"));
        config.setPassword(settings.get("database.password"));
        config.setMaximumPoolSize(settings.concurrency());
        return new HikariDataSource(config);
    }

    private static void createTable(DataSource database) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
    }
}
