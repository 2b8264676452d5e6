using ClosedLoop.Data.Orders;

namespace ClosedLoop.Silo.Operator;

/// <summary>Content that an order has published (xml-delivery spec section 9.1).</summary>
internal static class WebPageEndpoint
{
    public static void MapWebPages(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/w/{token}", (string token, HttpContext http, DeliveryStore deliveries) =>
    {
        if (token.Length > 64 || deliveries.Page(token) is not { } body) return Results.NotFound();

        // A customer's markup under our name: it may be looked at, and do nothing.
        http.Response.Headers.ContentSecurityPolicy = "sandbox allow-popups; default-src 'none'; img-src https: data:; style-src 'unsafe-inline' https:; font-src https:";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
        return Results.Bytes(body, "text/html; charset=utf-8");
    });
}
