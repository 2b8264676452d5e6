using ClosedLoop.Silo.Simulation;

namespace ClosedLoop.Silo.Configuration;

/// <summary>Where things lie in the data folder, and the address readers use: what follows from the settings.</summary>
public static class SiloPaths
{
    extension(SiloSettings settings)
    {
        public string DataPath => Path.GetFullPath(settings.Data);

        public string DatabasePath => Path.Combine(settings.DataPath, "closedloop.db");

        public string DropPath => settings.DropFolder is { } shared ? Path.GetFullPath(shared) : Path.Combine(settings.DataPath, "drop");

        public string SinkPath => Path.Combine(settings.DataPath, "sink");

        public string SpoolPath => Path.Combine(settings.DataPath, "spool");

        /// <summary>Raw mails that came back.</summary>
        public string InboundPath => settings.Inbound.Folder is { } shared ? Path.GetFullPath(shared) : Path.Combine(settings.DataPath, "inbound");

        /// <summary>Private copies of orders that are being worked on.</summary>
        public string OrdersPath => Path.Combine(settings.DataPath, "orders");

        public string KeysPath => settings.Cluster.KeysFolder is { } shared ? Path.GetFullPath(shared) : Path.Combine(settings.DataPath, "keys");

        /// <summary>Files of the log.</summary>
        public string LogPath => Path.Combine(settings.DataPath, "logs");

        /// <summary>Lock of the data folder: one process serves one.</summary>
        public string LockPath => settings.DatabasePath + ".lock";

        /// <summary>Mark of this data folder and its newest sign of life.</summary>
        public string InstancePath => Path.Combine(settings.DataPath, "instance.json");

        /// <summary>Where readers reach the tracking endpoints: the setting, else the address listened on, by a name that can be opened.</summary>
        public Uri TrackingBase => settings.Tracking.BaseUrl is { } address ? new Uri(address) : SimulatedReader.ServiceOf(settings.Http.Listen);
    }
}
