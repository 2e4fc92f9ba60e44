// The command line of Sisote: opens the rooms of this process, or talks to an instance that runs.
using Sisote.Host.Commands;

return await CommandLine.RunAsync(args);
