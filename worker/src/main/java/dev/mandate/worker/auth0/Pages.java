package dev.mandate.worker.auth0;

import com.auth0.client.mgmt.core.SyncPagingIterable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Walks through lists page by page. The SDK's own iteration asks for one page more than there are. */
final class Pages {

    /** The most that Auth0 gives at once. */
    static final int SIZE = 50;

    /** Auth0 ends offset paging at about a thousand entries. */
    private static final int MAX_PAGES = 20;

    private Pages() {}

    static <T> List<T> collect(IntFunction<SyncPagingIterable<T>> fetch) {
        var all = new ArrayList<T>();
        for (int page = 0; page < MAX_PAGES; page++) {
            List<T> items = fetch.apply(page).getItems();
            all.addAll(items);
            if (items.size() < SIZE) {
                break;
            }
        }
        return all;
    }
}
