using System.Security.Cryptography;
using System.Text;

namespace ClosedLoop.Responses.Tracking;

/// <summary>
/// The three pages a person may see. Plain HTML with its own style and no script; no address is shown, since whoever holds the link may not be
/// the recipient. The answer for an unknown token tells nothing about why.
/// </summary>
internal static class UnsubscribePages
{
    private const string Style = """
        body{margin:0;font:1.125rem/1.5 system-ui,sans-serif;color:#1b1b1b;background:#fff}
        main{max-width:34rem;margin:15vh auto 0;padding:0 1.5rem}
        h1{font-size:1.75rem;line-height:1.2}
        button{font:inherit;padding:.75rem 1.5rem;border:0;border-radius:.375rem;color:#fff;background:#0b4f8a;cursor:pointer}
        button:hover{background:#083b68}
        button:focus-visible{outline:3px solid #f5a400;outline-offset:3px}
        @media(prefers-color-scheme:dark){body{color:#f2f2f2;background:#161616}button{background:#8ec5ff;color:#10263a}button:hover{background:#b9dbff}}
        """;

    /// <summary>Nothing but this page's own style may load or run; the form may only go back to this host; no other site may frame it.</summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    // No action attribute: the form goes to the URL of the page, wherever a reverse proxy puts it.
    public static ReadOnlyMemory<byte> Confirm { get; } = Page("Unsubscribe", """
        <p>Do you want to stop receiving these messages?</p>
        <form method="post"><button type="submit" name="confirm" value="1">Unsubscribe</button></form>
        """);

    public static ReadOnlyMemory<byte> Done { get; } = Page("You are unsubscribed", """
        <p role="status">You will not receive these messages any more. Messages that are already on their way may still arrive.</p>
        """);

    public static ReadOnlyMemory<byte> TryAgain { get; } = Page("Not unsubscribed yet", """
        <p role="alert">We could not record your request. Please try again in a few minutes.</p>
        <form method="post"><button type="submit" name="confirm" value="1">Try again</button></form>
        """);

    public static ReadOnlyMemory<byte> NotFound { get; } = Page("Link not found", """
        <p>This link is not valid. If you copied it, please check that it is complete.</p>
        """);

    private static ReadOnlyMemory<byte> Page(string title, string body) => Encoding.UTF8.GetBytes($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex, nofollow">
        <title>{title}</title>
        <style>{Style}</style>
        </head>
        <body>
        <main>
        <h1>{title}</h1>
        {body}
        </main>
        </body>
        </html>

        """);
}
