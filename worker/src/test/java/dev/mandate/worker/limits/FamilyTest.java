package dev.mandate.worker.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mandate.contracts.action.Catalogue;
import org.junit.jupiter.api.Test;

class FamilyTest {

    @Test
    void endpoints_of_one_path_that_do_the_same_are_a_family_whatever_the_ids() {
        assertThat(of("users.get")).isEqualTo(of("users.list")).isEqualTo(new Family("read users"));
        assertThat(of("users.update")).isEqualTo(of("users.create")).isEqualTo(new Family("write users"));
        assertThat(of("users.delete")).isEqualTo(new Family("delete users"));
        assertThat(of("organizations.members.roles.assign")).isEqualTo(new Family("write organizations/members/roles"));
    }

    private static Family of(String action) {
        return Family.of(Catalogue.bundled().find(action).orElseThrow());
    }
}
