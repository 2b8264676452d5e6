using ClosedLoop.Operations.Tests.Support;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Operations.Tests.OpenId;

/// <summary>The service in this process, and an issuer beside it.</summary>
public sealed class ServedWithIssuer : ServedHere
{
    public Issuer Issuer { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        Issuer = await Issuer.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    protected override OperatorSettings Change(OperatorSettings settings, string folder)
    {
        var secret = Path.Combine(folder, "client.secret");
        File.WriteAllText(secret, Issuer.ClientSecret + "\n");
        return settings with { OpenId = new OpenIdSettings { Authority = Issuer.Address, ClientId = Issuer.ClientId, ClientSecretFile = secret, RoleClaim = "realm_access.roles" } };
    }
}
