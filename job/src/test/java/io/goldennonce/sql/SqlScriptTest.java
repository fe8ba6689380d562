package io.goldennonce.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlScriptTest {
  @Test
  void statements_severalOverLines_areCutAtSemicolons() {
    assertThat(SqlScript.statements("SELECT 1;\n SELECT\n 2 ;; SELECT 3"))
        .containsExactly("SELECT 1", "SELECT\n 2", "SELECT 3");
  }

  @Test
  void statements_semicolonsInQuotesAndComments_endNone() {
    for (String statement :
        new String[] {
          "SELECT ';', \";\", `;`",
          "SELECT 'it\\';s'",
          "SELECT 'a'';b'",
          "SELECT `a\\`",
          "SELECT /* one; two */ 1",
          "SELECT '--' AS a, '/*' AS b"
        }) {
      assertThat(SqlScript.statements(statement + ";\nSELECT 2"))
          .as(statement)
          .containsExactly(statement, "SELECT 2");
    }
    assertThat(SqlScript.statements("SELECT 1 -- one; two\n; SELECT 2"))
        .containsExactly("SELECT 1 -- one; two", "SELECT 2");
  }

  @Test
  void statements_commentsOnly_areNone() {
    assertThat(SqlScript.statements("")).isEmpty();
    assertThat(SqlScript.statements(" ;\n-- nothing; at all\n/* ; */ ;")).isEmpty();
  }

  @Test
  void statements_openQuoteOrComment_isOneToTheEnd() {
    assertThat(SqlScript.statements("SELECT 'a; b")).containsExactly("SELECT 'a; b");
    assertThat(SqlScript.statements("SELECT 1 /* a; b")).containsExactly("SELECT 1 /* a; b");
    assertThat(SqlScript.statements("SELECT 'a\\")).containsExactly("SELECT 'a\\");
  }
}
