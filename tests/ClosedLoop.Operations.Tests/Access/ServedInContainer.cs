using ClosedLoop.Operations.Tests.Support;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Operations.Tests.Access;

/// <summary>A service that listens on every address, whose port is published on the loopback of the machine around; a secret holds the first password.</summary>
public sealed class ServedInContainer : ServedHere
{
    public const string Password = "from the secret of the container";

    protected override OperatorSettings Change(OperatorSettings settings, string folder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var secret = Path.Combine(folder, "admin.password");
        File.WriteAllText(secret, Password + "\n");
        return settings with
        {
            Listen = settings.Listen.Replace("127.0.0.1", "0.0.0.0", StringComparison.Ordinal),
            Address = "http://localhost:18081",
            FirstAdmin = new FirstAdminSettings { Name = "Root", PasswordFile = secret },
        };
    }
}
