"""Exit 0 when a kubeconfig's client certificate was signed by its certificate authority."""

import base64
import sys

import yaml
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

with open(sys.argv[1]) as file:
    config = yaml.safe_load(file)
cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]


def pem(entry):
    return base64.b64decode(entry)


authority = x509.load_pem_x509_certificate(pem(cluster["certificate-authority-data"]))
client = x509.load_pem_x509_certificate(pem(user["client-certificate-data"]))
key = load_pem_private_key(pem(user["client-key-data"]), password=None)
client.verify_directly_issued_by(authority)
if key.public_key() != client.public_key():
    sys.exit("the key is not the certificate's")
