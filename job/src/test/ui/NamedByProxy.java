import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Tells Spark's UI the name that a proxy in front of it has found out, and lets nobody in without
 * one. Only the proxy may reach the UI. For Spark 4; in Spark 3.5 the packages are {@code
 * javax.servlet}.
 */
public final class NamedByProxy implements Filter {
  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    String user = asked.getHeader("X-Forwarded-User");
    if (user == null) {
      ((HttpServletResponse) response).sendError(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    chain.doFilter(
        new HttpServletRequestWrapper(asked) {
          @Override
          public String getRemoteUser() {
            return user;
          }
        },
        response);
  }
}
