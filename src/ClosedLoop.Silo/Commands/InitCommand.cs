using System.CommandLine;
using ClosedLoop.Data.Files;

namespace ClosedLoop.Silo.Commands;

/// <summary><c>init</c>: a commented configuration to begin with. The safe mode stays on.</summary>
internal static class InitCommand
{
    /// <summary>What a new installation gets; every key is one of docs/settings.md, with its default unless it says otherwise.</summary>
    public const string Template =
        """
        // Settings of the service. All of them, with bounds and reasons: docs/settings.md. Each can also be an environment variable, as in ClosedLoop__Delivery__Mode=Live.
        {
          "ClosedLoop": {
            // Database, keys and drop folders; relative to the folder the service is started in.
            "Data": "data",
            // Loopback: a proxy with TLS stands in front and lets /o/, /c/ and /u/ through.
            "Http": { "Listen": "http://127.0.0.1:8080" },
            "Delivery": {
              // Sink keeps every mail on this machine. Live sends to people: first closedloop doctor and docs/going-live.md.
              "Mode": "Sink",
              // This host's public name, given in EHLO. Live needs it.
              "ClientName": "localhost"
              // "Dkim": [ { "Domain": "example.org", "Selector": "s1", "KeyFile": "/etc/closedloop/dkim.pem" } ]
            },
            // Public https address of links and the unsubscribe page. Live needs it.
            // "Tracking": { "BaseUrl": "https://news.example.org" },
            // Where bounces and replies come in.
            // "Inbound": { "Maildir": "/var/mail/returns", "UnsubscribeDomain": "bounce.example.org" },
            // A server in place of the file in Data.
            // "Database": { "Provider": "Postgres", "ConnectionStringFile": "/etc/closedloop/database" },
            "Log": { "Format": "Text", "MaskAddresses": true }
          }
        }
        """;

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Where appsettings.json goes.", DefaultValueFactory = _ => "." };
        var force = new Option<bool>("--force") { Description = "Replaces a file that is there." };
        var command = new Command("init", "Writes a commented appsettings.json to begin with.") { folder, force };
        command.SetAction((parsed, _) =>
        {
            var path = Path.Combine(Directory.CreateDirectory(parsed.GetValue(folder)!).FullName, "appsettings.json");
            if (File.Exists(path) && !parsed.GetValue(force)) throw new CommandException(ExitCode.Refused, $"CL9615: {path} is there already; --force replaces it.");
            AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(Template + "\n")));
            Console.Out.WriteLine(path);
            Console.Error.WriteLine("next: closedloop apply DEFINITIONS, closedloop serve, closedloop doctor");
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }
}
