package io.goldennonce.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlScriptTest {
  @Test
  void statements_severalOverLines_areCutAtSemicolons() {
    assertThat(statements("SELECT 1;\n SELECT\n 2 ;; SELECT 3"))
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
          "SELECT '--' AS a, '/*' AS b",
          "SELECT 1 AS a /* o /* i; */ ; still */",
          "SELECT r'\\' AS a",
          "SELECT R\"\\\" AS a, ';' AS b",
          "SELECT bar'\\';' AS a",
          "SELECT 1 -- one \\\n ; two\n AS a"
        }) {
      assertThat(statements(statement + ";\nSELECT 2"))
          .as(statement)
          .containsExactly(statement, "SELECT 2");
    }
    assertThat(statements("SELECT 1 -- one; two\n; SELECT 2"))
        .containsExactly("SELECT 1 -- one; two", "SELECT 2");
  }

  @Test
  void statements_commentsOnly_areNone() {
    assertThat(statements("")).isEmpty();
    assertThat(statements(" ;\n-- nothing; at all\n/* ; */ ;")).isEmpty();
  }

  @Test
  void statements_openQuoteOrComment_isOneToTheEnd() {
    assertThat(statements("SELECT 'a; b")).containsExactly("SELECT 'a; b");
    assertThat(statements("SELECT 1 /* a; b")).containsExactly("SELECT 1 /* a; b");
    assertThat(statements("SELECT 'a\\")).containsExactly("SELECT 'a\\");
  }

  @Test
  void statements_byteOrderMark_isNoPartOfTheFirst() {
    assertThat(statements("\uFEFFSELECT 1;")).containsExactly("SELECT 1");
    assertThat(SqlScript.statements("\uFEFFSELECT 1").get(0).column()).isZero();
  }

  @Test
  void inScript_aMessageOfSpark_hasTheLineAndColumnOfTheScript() {
    List<SqlScript.Statement> all = SqlScript.statements("SELECT 1;\n-- two\n SELEC 2; SELEC\n 3");
    assertThat(all).extracting(SqlScript.Statement::number).containsExactly(1, 2, 3);
    assertThat(all.get(1).inScript("near '2' (line 2, pos 6)"))
        .isEqualTo("near '2' (line 3, pos 6)");
    assertThat(all.get(2).inScript("x; line 1 pos 0; y")).isEqualTo("x; line 3 pos 10; y");
    assertThat(all.get(2).inScript("x (line 2, pos 1)")).isEqualTo("x (line 4, pos 1)");
    assertThat(all.get(0).inScript("deadline 3")).isEqualTo("deadline 3");
  }

  private static List<String> statements(String script) {
    return SqlScript.statements(script).stream().map(SqlScript.Statement::text).toList();
  }
}
