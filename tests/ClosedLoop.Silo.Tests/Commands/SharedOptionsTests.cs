using ClosedLoop.Delivery;
using ClosedLoop.Silo.Commands;
using ClosedLoop.Silo.Configuration;

namespace ClosedLoop.Silo.Tests.Commands;

/// <summary>Where settings come from. The environment belongs to the process; every test puts back what it set.</summary>
[Collection("console and environment")]
public sealed class SharedOptionsTests
{
    [Fact]
    public void Without_anything_the_defaults_hold() => Assert.Equal(new SiloSettings(), SharedOptions.Settings(data: null));

    [Fact]
    public void An_option_sets_a_key()
    {
        var settings = SharedOptions.Settings(data: null, ["Delivery:Mode=Live", "tracking:baseurl=https://a.example/?x=y"]);
        Assert.Equal(DeliveryMode.Live, settings.Delivery.Mode);
        Assert.Equal("https://a.example/?x=y", settings.Tracking.BaseUrl);
    }

    [Fact]
    public void An_option_sets_a_key_of_a_list()
    {
        var key = Assert.Single(SharedOptions.Settings(data: null, ["Delivery:Dkim:0:Domain=example.org", "Delivery:Dkim:0:Selector=s1", "Delivery:Dkim:0:KeyFile=/k.pem", "Delivery:Dkim:0:Algorithm=Ed25519Sha256"]).Delivery.Dkim);
        Assert.Equal(new DkimKeySettings { Domain = "example.org", Selector = "s1", KeyFile = "/k.pem", Algorithm = Mail.Dkim.DkimAlgorithm.Ed25519Sha256 }, key);
    }

    [Fact]
    public void The_data_option_is_the_key_data() => Assert.Equal("/srv/x", SharedOptions.Settings("/srv/x", ["Data=/srv/y"]).Data);

    [Fact]
    public void The_environment_sets_a_key() => With("ClosedLoop__Delivery__GroupSize", "8", () =>
        Assert.Equal(8, SharedOptions.Settings(data: null).Delivery.GroupSize));

    [Fact]
    public void The_command_line_goes_before_the_environment() => With("ClosedLoop__Sink__Port", "2600", () =>
        Assert.Equal(2700, SharedOptions.Settings(data: null, ["Sink:Port=2700"]).Sink.Port));

    [Theory]
    [InlineData("Mode=Live", "Mode")]
    [InlineData("Delivery:Mod=Live", "Mod")]
    public void An_unknown_key_is_refused(string set, string key)
    {
        var fault = Assert.Single(Assert.Throws<SettingsException>(() => SharedOptions.Settings(data: null, [set])).Faults);
        Assert.Contains($"'{key}'", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_in_the_environment_is_refused() => With("ClosedLoop__Sinc__Port", "1", () =>
        Assert.Throws<SettingsException>(() => SharedOptions.Settings(data: null)));

    [Theory]
    [InlineData("Sink:Port=many")]
    [InlineData("Delivery:Mode=Loud")]
    public void A_value_of_the_wrong_type_is_refused(string set) =>
        Assert.Contains(set.Split('=')[1], Assert.Throws<SettingsException>(() => SharedOptions.Settings(data: null, [set])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Delivery:Mode")]
    [InlineData("=Live")]
    public void An_option_that_is_no_pair_is_a_usage_error(string set)
    {
        var error = Assert.Throws<CommandException>(() => SharedOptions.Settings(data: null, [set]));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.StartsWith("CL2002: ", error.Message, StringComparison.Ordinal);
    }

    private static void With(string variable, string value, Action test)
    {
        Environment.SetEnvironmentVariable(variable, value);
        try
        {
            test();
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }
}
