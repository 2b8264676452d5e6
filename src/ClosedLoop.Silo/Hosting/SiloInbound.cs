using ClosedLoop.Mail.Inbound;
using ClosedLoop.Responses.Inbound;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Hosting;

/// <summary>The entries of returned mail, from the settings.</summary>
internal static class SiloInbound
{
    public static void Add(IServiceCollection services, SiloSettings settings) => services.AddInbound(new InboundOptions
    {
        Directory = settings.InboundPath,
        Maildir = settings.Inbound.Maildir,
        Pop3 = Pop3(settings.Inbound.Pop3),
        HttpKeyFile = settings.Inbound.HttpKeyFile,
        PollInterval = TimeSpan.FromSeconds(settings.Inbound.PollSeconds),
        MaxMessageBytes = settings.Inbound.MaxMessageBytes,
        Retention = TimeSpan.FromDays(settings.Inbound.RetentionDays),
        SoftDecay = TimeSpan.FromDays(settings.Inbound.SoftDecayDays),
    });

    private static Pop3Options? Pop3(Pop3Settings pop3) => pop3.Host is null ? null : new Pop3Options
    {
        Host = pop3.Host,
        Port = pop3.Port,
        Tls = pop3.Tls,
        User = pop3.User!,
        Password = () => File.ReadLines(pop3.PasswordFile!).FirstOrDefault("").TrimEnd('\r'),
        Timeout = TimeSpan.FromSeconds(pop3.TimeoutSeconds),
    };
}
