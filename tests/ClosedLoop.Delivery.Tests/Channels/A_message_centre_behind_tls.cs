using System.Security.Cryptography.X509Certificates;
using ClosedLoop.Delivery.Channels;
using ClosedLoop.Model.Clients;
using ClosedLoop.Testing.Doubles;

namespace ClosedLoop.Delivery.Tests.Channels;

public sealed class A_message_centre_behind_tls : IAsyncLifetime
{
    private readonly X509Certificate2 _certificate = TestCertificate.For("127.0.0.1");
    private SmppDouble _centre = null!;
    private DeliveryFixture _delivery = null!;
    private string _authority = "";

    public async Task InitializeAsync()
    {
        Environment.SetEnvironmentVariable(ChannelCase.PasswordSetting, SmppDouble.Password);
        _centre = SmppDouble.Start(_certificate);
        _delivery = DeliveryFixture.Start(mode: DeliveryMode.Live);
        _authority = await FileAsync("authority.pem", _certificate.ExportCertificatePem());
    }

    public async Task DisposeAsync()
    {
        await _delivery.DisposeAsync();
        await _centre.DisposeAsync();
        _certificate.Dispose();
    }

    [Fact]
    public async Task Gets_messages_and_its_receipts_come_back()
    {
        var mailing = await SendAsync(smpp => smpp with { CertificateFile = _authority });
        Assert.Equal(1, _delivery.Ledger.Count(mailing).Sent);
        Assert.Equal(0u, await _centre.ReceiptAsync(Assert.Single(_centre.Taken).Id, "DELIVRD"));
    }

    [Fact]
    public Task That_no_authority_vouches_for_gets_nothing() => IsRefusedAsync(smpp => smpp, "CL4260 the certificate of the message centre is not trusted");

    [Fact]
    public async Task That_another_authority_vouches_for_gets_nothing()
    {
        using var other = TestCertificate.For("127.0.0.1");
        var authority = await FileAsync("other.pem", other.ExportCertificatePem());
        await IsRefusedAsync(smpp => smpp with { CertificateFile = authority }, "CL4260 the certificate of the message centre is not trusted");
    }

    [Fact]
    public Task With_another_name_gets_nothing() =>
        IsRefusedAsync(smpp => smpp with { CertificateFile = _authority, Host = "localhost" }, "CL4260 the certificate of the message centre is not for 'localhost'");

    [Fact]
    public Task Is_not_called_without_its_authorities() =>
        IsRefusedAsync(smpp => smpp with { CertificateFile = Path.Combine(_delivery.Folder, "missing.pem") }, "CL4209");

    [Fact]
    public async Task That_speaks_in_the_clear_gets_nothing()
    {
        await using var clear = SmppDouble.Start();
        await IsRefusedAsync(smpp => smpp with { CertificateFile = _authority, Port = clear.Port }, "no connection to the message centre", seconds: 1);
        Assert.Equal(0, clear.Binds);
    }

    [Theory]
    [InlineData("none", "/etc/ca.pem", "tls is none")]
    [InlineData("required", "ca.pem", "absolute path")]
    [InlineData("optional", null, "expected none or required")]
    public void Settings_that_cannot_be_meant_are_refused(string tls, string? file, string expected)
    {
        var smpp = new SmppSettings { Host = "127.0.0.1", SystemId = "x", PasswordSetting = "X", Tls = tls, CertificateFile = file };
        Assert.Contains(ChannelRules.Faults(new SmsSettings { Smpp = smpp }), fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    private async Task IsRefusedAsync(Func<SmppSettings, SmppSettings> change, string reason, int seconds = 20)
    {
        var mailing = await SendAsync(change, seconds);
        Assert.Equal(1, _delivery.Ledger.Count(mailing).Waiting);
        Assert.Contains(reason, Assert.Single(_delivery.Ledger.Delays(mailing, 5)).Reason, StringComparison.Ordinal);
        Assert.Empty(_centre.Taken);
        Assert.Equal(0, _centre.Binds);
    }

    private async Task<long> SendAsync(Func<SmppSettings, SmppSettings> change, int seconds = 20)
    {
        var smpp = new SmppSettings { Host = "127.0.0.1", Port = _centre.Port, Tls = "required", SystemId = SmppDouble.SystemId, PasswordSetting = ChannelCase.PasswordSetting };
        var client = ChannelCase.Client(new SmsSettings { From = "Loop", TimeoutSeconds = seconds, Smpp = change(smpp) });
        var mailing = await _delivery.MailingAsync(ChannelCase.Sms(), client, (ChannelCase.Number(1), "Anna"));
        await _delivery.SendAsync(mailing);
        return mailing.MailingId;
    }

    private async Task<string> FileAsync(string name, string content)
    {
        var path = Path.Combine(_delivery.Folder, name);
        await File.WriteAllTextAsync(path, content);
        return path;
    }
}
