package dev.mandate.bench.jobrunr;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mandate.bench.peer.Inbox;
import dev.mandate.bench.peer.PeerSettings;
import dev.mandate.bench.peer.ResultTable;
import dev.mandate.bench.peer.Upstream;
import javax.sql.DataSource;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;

/** A job for each order, as many at once as others do, polled for as often as the free edition lets one. */
public final class JobRunr {

    private static final int SHORTEST_POLL_SECONDS = 5;

    private JobRunr() {}

    /** Runs until the process is ended. */
    public static void main(String[] arguments) {
        var settings = PeerSettings.read();
        var database = database(settings);
        var json = new Jackson3JsonMapper();
        var storage = new PostgresStorageProvider(database);
        storage.setJobMapper(new JobMapper(json));
        var handler = new OrderHandler(new Upstream(settings), new ResultTable(database));
        var server = new BackgroundJobServer(
                storage,
                json,
                activator(handler),
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(settings.concurrency())
                        .andPollIntervalInSeconds(SHORTEST_POLL_SECONDS));
        server.start();
        var scheduler = new JobRequestScheduler(storage);
        Inbox.serve(
                server::pauseProcessing,
                orders -> scheduler.enqueue(orders.stream().map(OrderRequest::new)),
                server::resumeProcessing);
    }

    private static JobActivator activator(OrderHandler handler) {
        return new JobActivator() {
            @Override
            public <T> T activateJob(Class<T> type) {
                return type.cast(handler);
            }
        };
    }

    private static DataSource database(PeerSettings settings) {
        var config = new HikariConfig();
        config.setJdbcUrl(settings.get("database.url"));
        config.setUsername(settings.get("database.username"));
        config.setPassword(settings.get("database.password"));
        config.setMaximumPoolSize(settings.concurrency());
        return new HikariDataSource(config);
    }
}
